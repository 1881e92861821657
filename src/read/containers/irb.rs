//! Photoshop image resource blocks (Adobe Photoshop File Formats
//! Specification, "Image Resource Blocks").

/// One resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resource<'a> {
    /// What it is.
    pub id: u16,
    /// Of its data, in bytes from the start of the block.
    pub offset: u64,
    /// Its data; fewer bytes than it claims where the block ends before.
    pub data: &'a [u8],
    /// Whether the block has all of its data.
    pub whole: bool,
}

/// The signatures that begin a resource. All but the first are of programs
/// that have long gone, and their resources are stepped over.
const SIGNATURES: &[[u8; 4]] = &[*b"8BIM", *b"MeSa", *b"AgHg", *b"PHUT", *b"DCSR"];

/// Steps through a block.
#[derive(Clone, Debug)]
pub struct Resources<'a> {
    block: &'a [u8],
    at: usize,
    /// How many bytes belonged to no resource.
    pub strays: usize,
}

impl<'a> Resources<'a> {
    /// From the first resource of `block`.
    pub fn new(block: &'a [u8]) -> Self {
        Self { block, at: 0, strays: 0 }
    }

    /// Where the stepping has come to, in bytes from the start of the block.
    pub fn offset(&self) -> u64 {
        self.at as u64
    }

    /// The next resource where it is expected.
    fn step(&self) -> Option<(Resource<'a>, usize)> {
        let rest = self.block.get(self.at..)?;
        let (signature, rest) = rest.split_first_chunk::<4>()?;
        let (id, rest) = rest.split_first_chunk::<2>()?;
        if !SIGNATURES.contains(signature) {
            return None;
        }
        // A Pascal string: its length and its bytes, together an even number.
        let name = usize::from(*rest.first()?) + 1;
        let rest = rest.get(name + name % 2..)?;
        let (size, rest) = rest.split_first_chunk::<4>()?;
        let size = u32::from_be_bytes(*size) as usize;
        let data = rest.get(..size).unwrap_or(rest);
        let offset = self.block.len() - rest.len();
        let resource = Resource {
            id: if signature == b"8BIM" { u16::from_be_bytes(*id) } else { 0 },
            offset: offset as u64,
            data,
            whole: data.len() == size,
        };
        Some((resource, offset + data.len()))
    }
}

impl<'a> Iterator for Resources<'a> {
    type Item = Resource<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((resource, end)) = self.step() {
                self.at = end;
                // Data of an odd size is padded, and some writers forget it.
                let next = self.block.get(end..).unwrap_or_default();
                if resource.data.len() % 2 == 1 && !next.starts_with(b"8BIM") {
                    self.at += 1;
                }
                return Some(resource);
            }
            let rest = self.block.get(self.at..)?;
            let found = memchr::memmem::find(rest.get(1..)?, b"8BIM").map(|n| n + 1);
            let stray = rest.get(..found.unwrap_or(rest.len())).unwrap_or_default();
            if stray.iter().any(|b| *b != 0) {
                self.strays += stray.len();
            }
            self.at += stray.len();
            found?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(block: &[u8]) -> (Vec<(u16, Vec<u8>)>, usize) {
        let mut resources = Resources::new(block);
        let list = resources.by_ref().map(|r| (r.id, r.data.to_vec())).collect();
        (list, resources.strays)
    }

    #[test]
    fn names_and_data_are_padded_to_an_even_size() {
        let block = b"8BIM\x04\x04\x03abc\0\0\0\x01x\08BIM\x04\x0A\x02ab\0\0\0\0\x02yz";
        assert_eq!(
            ids(block),
            (vec![(0x0404, b"x".to_vec()), (0x040A, b"yz".to_vec())], 0)
        );
    }

    #[test]
    fn a_forgotten_pad_byte_loses_nothing() {
        let block = b"8BIM\x04\x04\0\0\0\0\0\x01x8BIM\x04\x0A\0\0\0\0\0\x01y";
        let both = vec![(0x0404, b"x".to_vec()), (0x040A, b"y".to_vec())];
        assert_eq!(ids(block), (both, 0));
    }

    #[test]
    fn strays_between_resources_are_counted_and_stepped_over() {
        let block = b"junk8BIM\x04\x0A\0\0\0\0\0\x01y\0more";
        assert_eq!(ids(block), (vec![(0x040A, b"y".to_vec())], 8));
    }

    #[test]
    fn resources_of_other_programs_are_stepped_over() {
        let block = b"MeSa\x04\x04\0\0\0\0\0\x01x\08BIM\x04\x0A\0\0\0\0\0\x01y\0";
        assert_eq!(ids(block), (vec![(0, b"x".to_vec()), (0x040A, b"y".to_vec())], 0));
    }

    #[test]
    fn a_resource_that_is_cut_short_says_so() {
        let block = b"8BIM\x04\x0B\0\0\0\0\0\x09http";
        let resource = Resources::new(block).next().unwrap();
        assert_eq!((resource.data, resource.whole), (&b"http"[..], false));
    }
}
