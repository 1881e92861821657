//! Image file directories (TIFF 6.0, section 2; BigTIFF; CIPA DC-008).
