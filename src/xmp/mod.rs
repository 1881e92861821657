//! XMP packets (ISO 16684-1): bytes in, properties out. No I/O, and nothing of
//! the crate outside this module.

mod guid;

pub use guid::extended_guid;
