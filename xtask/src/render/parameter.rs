//! How functions take values: whatever converts into them, and plain numbers where the provider wants them as text.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Carried, Type};

use super::RenderError;
use super::source::Source;

/// How a function takes a value.
pub struct Parameter {
    /// The type of the parameter.
    pub ty: TokenStream,
    /// What the argument is converted to, if it has to be.
    pub value: Option<TokenStream>,
}

/// How a function takes a value of this type as the argument of this name.
pub fn parameter(
    ty: &Type,
    argument: &TokenStream,
    source: &mut Source<'_>,
) -> Result<Parameter, RenderError> {
    Ok(match ty {
        Type::List(item) => {
            let taken = taken(item, source)?;
            let given = &taken.ty;
            let map = match taken.conversion {
                Conversion::None => None,
                Conversion::Into => Some(quote!(.map(Into::into))),
                Conversion::Twice => Some(quote!(.map(|value| value.into().into()))),
            };
            Parameter {
                ty: quote!(impl IntoIterator<Item = #given>),
                value: Some(quote!(#argument.into_iter()#map.collect())),
            }
        }
        Type::Map(item) => {
            let taken = taken(item, source)?;
            let value = taken.converted(&quote!(value));
            let given = taken.ty;
            Parameter {
                ty: quote!(impl IntoIterator<Item = (impl Into<String>, #given)>),
                value: Some(quote! {
                    #argument.into_iter().map(|(key, value)| (key.into(), #value)).collect()
                }),
            }
        }
        _ => {
            let taken = taken(ty, source)?;
            let value = match taken.conversion {
                Conversion::None => None,
                _ => Some(taken.converted(argument)),
            };
            Parameter {
                ty: taken.ty,
                value,
            }
        }
    })
}

/// The type that a field of this type has in a struct of arguments.
pub fn given(ty: &Type, source: &mut Source<'_>) -> Result<TokenStream, RenderError> {
    match ty {
        Type::Text(Carried::Flag) => Ok(quote!(bool)),
        Type::Text(carried) if is_plain(carried) => source.carried(carried),
        _ => source.rust(ty),
    }
}

/// What is stored of a value that came in a struct of arguments.
pub fn stored(ty: &Type, value: TokenStream) -> TokenStream {
    match ty {
        Type::Text(carried) if is_plain(carried) => quote!(#value.into()),
        _ => value,
    }
}

/// Whether code has a better form for what text carries than the text.
pub fn is_plain(carried: &Carried) -> bool {
    matches!(
        carried,
        Carried::Bool | Carried::Flag | Carried::I64 | Carried::U64 | Carried::F64 | Carried::Bytes
    )
}

/// How a single value is taken.
struct Taken {
    ty: TokenStream,
    conversion: Conversion,
}

enum Conversion {
    None,
    Into,
    /// Into bytes or text, and that into text or a secret.
    Twice,
}

impl Taken {
    fn converted(&self, value: &TokenStream) -> TokenStream {
        match self.conversion {
            Conversion::None => value.clone(),
            Conversion::Into => quote!(#value.into()),
            Conversion::Twice => quote!(#value.into().into()),
        }
    }
}

fn taken(ty: &Type, source: &mut Source<'_>) -> Result<Taken, RenderError> {
    let rust = source.rust(ty)?;
    Ok(match ty {
        Type::Text(Carried::Bytes) => Taken {
            ty: quote!(impl Into<Vec<u8>>),
            conversion: Conversion::Twice,
        },
        Type::SecretJson(of) => {
            let given = source.json_text(of)?;
            Taken {
                ty: quote!(impl Into<#given>),
                conversion: Conversion::Twice,
            }
        }
        Type::Text(carried) if is_plain(carried) => Taken {
            ty: given(ty, source)?,
            conversion: Conversion::Into,
        },
        ty if source.types().converts(ty)? => Taken {
            ty: quote!(impl Into<#rust>),
            conversion: Conversion::Into,
        },
        _ => Taken {
            ty: rust,
            conversion: Conversion::None,
        },
    })
}
