//! The command line of tasl.

fn main() {}
