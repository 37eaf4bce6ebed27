//! Signing, headers included: the public functions and the client against code that was tuned for one provider.
//!
//! The tuned code keeps what can be kept (the key that has been absorbed, one buffer, the address) and takes everything else as it
//! comes, like ours. Its names of headers are made once, its values each time.

pub(crate) mod acs3;
pub(crate) mod tc3;
pub(crate) mod ucloud;

use crate::harness::Mode;

pub(crate) fn run(mode: Mode) {
    tc3::run(mode);
    acs3::run(mode);
    ucloud::run(mode);
}
