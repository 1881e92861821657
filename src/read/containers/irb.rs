//! Photoshop image resource blocks (Adobe Photoshop File Formats Specification).
