#![no_main]

use tasl::model::BlockKind;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tasl_fuzz::block(BlockKind::Html, bytes));
