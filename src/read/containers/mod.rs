//! Stepping through the parts of containers that several formats share.

pub mod ifd;
pub mod irb;
pub mod isobmff;
