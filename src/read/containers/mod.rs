//! Stepping through the parts of containers that several formats share.

pub mod id3;
pub mod ifd;
pub mod irb;
pub mod isobmff;
pub mod markup;
pub mod riff;
pub mod vorbis;
pub mod zip;
