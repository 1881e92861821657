//! Decoder of irb blocks.

use super::Decoded;
use crate::read::{Limits, Stop};

/// Reads a block.
///
/// # Errors
///
/// Where the rest of the block had to be given up.
pub fn decode(_bytes: &[u8], _limits: &Limits, _out: &mut Decoded) -> Result<(), Stop> {
    Ok(())
}
