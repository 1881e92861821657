#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tasl_fuzz::walk("webp", bytes));
