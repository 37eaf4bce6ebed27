//! Objects whose names are data: `"InstanceInfos": {"i-1": {…}}`.

use serde_core::de::MapAccess;

use super::{BIG_NUMBER, Context, SlotSeed};
use crate::record::{MapSlot, Step};

/// Decodes every member of an object into an entry of a map.
pub(super) fn fill<'de, A: MapAccess<'de>>(
    place: &mut dyn MapSlot,
    mut map: A,
    context: &mut Context,
) -> Result<bool, A::Error> {
    let mut length = 0;
    place.begin();
    while let Some(key) = map.next_key::<String>()? {
        if key == BIG_NUMBER {
            return Err(context.wrong_type("an object", "a number"));
        }
        let mut step = Ok(false);
        let kept = place.insert(&key, length == 0, &mut |slot| {
            step = map.next_value_seed(SlotSeed { slot, context });
            matches!(step, Ok(true))
        });
        if kept {
            let spent = context.spend_entry(place.entry_size(), length);
            step = step.and_then(|value| spent.map(|()| value));
            length += 1;
        }
        if let Err(error) = step {
            context.path.push_outer(Step::Key(key));
            return Err(error);
        }
    }
    Ok(true)
}
