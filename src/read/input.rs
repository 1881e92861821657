//! The bytes of one file, handed out in bounded pieces.

use std::fs::File;
use std::io::{self, Read as _};
use std::time::Instant;

use super::{Cap, Limits, Stop};
use crate::model::Cost;

/// A source of bytes that can be read at any position, without a cursor.
pub trait ReadAt {
    /// Reads at most `buf.len()` bytes at `offset`; 0 means the end.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize>;
}

impl ReadAt for File {
    #[cfg(unix)]
    fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(self, buf, offset)
    }

    #[cfg(windows)]
    fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(self, buf, offset)
    }
}

impl ReadAt for &[u8] {
    fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize> {
        let rest = usize::try_from(offset).ok().and_then(|at| self.get(at..));
        let rest = rest.unwrap_or_default();
        let len = rest.len().min(buf.len());
        for (to, from) in buf.iter_mut().zip(rest) {
            *to = *from;
        }
        Ok(len)
    }
}

/// The bytes of one file.
///
/// Walkers see files through this type alone. It checks every range against
/// the length of the file and the limits before it allocates, so that a walker
/// may trust the sizes that a file claims.
pub struct Input<'a> {
    source: Box<dyn ReadAt + 'a>,
    len: u64,
    head: Vec<u8>,
    /// The last window read, and where it begins.
    window: (u64, Vec<u8>),
    /// How many bytes may still be handed out by [`Input::bytes`].
    left: u64,
    /// When it has taken too long.
    until: Option<Instant>,
    /// How many small reads there were.
    steps: u32,
    cost: Cost,
    limits: &'a Limits,
}

/// How many bytes [`Input::head`] holds at most.
pub const HEAD: usize = 8192;
/// How many bytes are read beyond those that are asked for. The next segment,
/// chunk or directory begins there more often than not.
const AHEAD: usize = 1024;
/// From how many bytes on a read goes past the window, without a copy.
const LARGE: usize = 64 << 10;
/// After how many small reads to look at the clock.
const STEPS: u32 = 256;

impl<'a> Input<'a> {
    /// Bytes in memory as a file.
    ///
    /// # Panics
    ///
    /// Never: a slice cannot fail to be read.
    pub fn from_bytes(bytes: &'a [u8], limits: &'a Limits) -> Self {
        #[expect(clippy::unwrap_used, reason = "a slice cannot fail to be read")]
        Self::new(Box::new(bytes), bytes.len() as u64, limits).unwrap()
    }

    /// Any source of bytes as a file of `len` bytes.
    ///
    /// # Errors
    ///
    /// Those of the source.
    pub fn new(
        source: Box<dyn ReadAt + 'a>,
        len: u64,
        limits: &'a Limits,
    ) -> io::Result<Self> {
        let mut input = Self {
            source,
            len,
            head: Vec::new(),
            window: (0, Vec::new()),
            left: limits.file,
            until: limits.time.and_then(|time| Instant::now().checked_add(time)),
            steps: 0,
            cost: Cost { stored: len, ..Cost::default() },
            limits,
        };
        let want = len.min(HEAD as u64) as usize;
        let mut head = vec![0; want];
        let got = input.fill(&mut head, 0).map_err(|stop| match stop {
            Stop::Io(error) => error,
            stop => io::Error::other(stop.to_string()),
        })?;
        head.truncate(got);
        input.head = head;
        Ok(input)
    }

    /// The length of the file in bytes.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether the file has no bytes at all.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// What reading has cost so far.
    pub fn cost(&self) -> Cost {
        self.cost
    }

    /// The limits in force.
    pub fn limits(&self) -> &'a Limits {
        self.limits
    }

    /// The first bytes of the file: [`HEAD`], or all of a shorter file.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Reads `len` bytes at `offset`, both in bytes from the start of the file.
    ///
    /// # Errors
    ///
    /// [`Stop::Malformed`] past the end, [`Stop::Over`] a limit.
    pub fn bytes(&mut self, offset: u64, len: u64) -> Result<Vec<u8>, Stop> {
        self.check(offset, len)?;
        if len > self.limits.block {
            return Err(self.limits.over(Cap::Block));
        }
        self.in_time()?;
        self.left =
            self.left.checked_sub(len).ok_or_else(|| self.limits.over(Cap::File))?;
        let mut bytes = vec![0; len as usize];
        self.copy(&mut bytes, offset)?;
        Ok(bytes)
    }

    /// Counts `len` bytes that are held already and were read once more, which costs
    /// time too. Where there are no more left, there are none for whatever comes.
    ///
    /// # Errors
    ///
    /// [`Stop::Over`] beyond [`Limits::file`].
    pub fn spend(&mut self, len: u64) -> Result<(), Stop> {
        let left = self.left.checked_sub(len);
        self.left = left.unwrap_or(0);
        left.map(|_| ()).ok_or_else(|| self.limits.over(Cap::File))
    }

    /// Reads all of a file of up to `longest` bytes in one call, where it is going to
    /// be read here and there.
    ///
    /// # Errors
    ///
    /// Those of the source.
    pub fn hold(&mut self, longest: u64) -> Result<(), Stop> {
        let held = self.head.len().max(self.window.1.len()) as u64;
        if held < self.len && self.len <= longest.min(self.limits.block) {
            let mut window = vec![0; self.len as usize];
            let got = self.fill(&mut window, 0)?;
            window.truncate(got);
            self.window = (0, window);
        }
        Ok(())
    }

    /// Reads `N` bytes at `offset`.
    ///
    /// # Errors
    ///
    /// As [`Input::bytes`].
    pub fn array<const N: usize>(&mut self, offset: u64) -> Result<[u8; N], Stop> {
        self.check(offset, N as u64)?;
        self.steps = self.steps.wrapping_add(1);
        if self.steps.is_multiple_of(STEPS) {
            self.in_time()?;
        }
        let mut bytes = [0; N];
        self.copy(&mut bytes, offset)?;
        Ok(bytes)
    }

    /// Inflates a zlib stream (RFC 1950) that came from this file, within its
    /// limits.
    ///
    /// # Errors
    ///
    /// [`Stop::Malformed`] for a damaged stream, [`Stop::Over`] a limit.
    pub fn inflate(&mut self, deflated: &[u8]) -> Result<Vec<u8>, Stop> {
        self.expand(|limit| inflated(flate2::read::ZlibDecoder::new(deflated), limit))
    }

    /// Inflates a stream without the frame of zlib (RFC 1951), as
    /// [`Input::inflate`].
    ///
    /// # Errors
    ///
    /// As [`Input::inflate`].
    pub fn inflate_raw(&mut self, deflated: &[u8]) -> Result<Vec<u8>, Stop> {
        self.expand(|limit| inflated(flate2::read::DeflateDecoder::new(deflated), limit))
    }

    /// Inflates a gzip member (RFC 1952) that came from this file, within its
    /// limits.
    ///
    /// # Errors
    ///
    /// As [`Input::inflate`].
    pub fn gunzip(&mut self, member: &[u8]) -> Result<Vec<u8>, Stop> {
        self.expand(|limit| inflated(flate2::read::GzDecoder::new(member), limit))
    }

    /// Decompresses a Brotli stream (RFC 7932) that came from this file, within
    /// its limits.
    ///
    /// # Errors
    ///
    /// [`Stop::Malformed`] for a damaged stream, [`Stop::Over`] a limit.
    pub fn unbrotli(&mut self, stream: &[u8]) -> Result<Vec<u8>, Stop> {
        self.expand(|limit| brotli(stream, limit))
    }

    /// Runs a decompressor that gives at most one byte more than it is told, and
    /// whether the stream was whole.
    fn expand(
        &mut self,
        decompress: impl FnOnce(u64) -> (Vec<u8>, bool),
    ) -> Result<Vec<u8>, Stop> {
        self.in_time()?;
        let limit = self.limits.inflated.min(self.left);
        let (bytes, whole) = decompress(limit);
        self.left = self.left.saturating_sub(bytes.len() as u64);
        if bytes.len() as u64 > limit {
            let is_own = limit == self.limits.inflated;
            return Err(self.limits.over(if is_own { Cap::Inflated } else { Cap::File }));
        }
        if whole {
            Ok(bytes)
        } else {
            Err(Stop::Malformed("the compressed data is damaged"))
        }
    }

    /// Reads into `buf` what stands at `offset`, as far as the file goes, and
    /// says how much that was. For passes over a file that keep nothing of it:
    /// it does not count as metadata.
    ///
    /// # Errors
    ///
    /// [`Stop::Over`] past the longest pass that is allowed.
    pub fn pass(&mut self, offset: u64, buf: &mut [u8]) -> Result<usize, Stop> {
        if offset >= self.limits.scan {
            return Err(self.limits.over(Cap::Scan));
        }
        self.fill(buf, offset)
    }

    /// Whether the file may take longer still. Every read asks; loops that are
    /// long without one should ask as well.
    ///
    /// # Errors
    ///
    /// [`Stop::Over`] where it may not.
    pub fn in_time(&self) -> Result<(), Stop> {
        match self.until {
            Some(until) if Instant::now() >= until => Err(self.limits.over(Cap::Time)),
            _ => Ok(()),
        }
    }

    fn check(&self, offset: u64, len: u64) -> Result<(), Stop> {
        if offset.checked_add(len).is_none_or(|end| end > self.len) {
            return Err(Stop::Malformed("runs past the end of the file"));
        }
        Ok(())
    }

    /// Copies what the head and the window hold, and reads the rest.
    fn copy(&mut self, out: &mut [u8], offset: u64) -> Result<(), Stop> {
        let mut done = 0;
        for (start, held) in [(0, &self.head), (self.window.0, &self.window.1)] {
            let skip = (offset + done as u64).checked_sub(start);
            let skip = skip.and_then(|s| usize::try_from(s).ok());
            let part = skip.and_then(|s| held.get(s..)).unwrap_or_default();
            let len = part.len().min(out.len() - done);
            if let (Some(to), Some(from)) =
                (out.get_mut(done..done + len), part.get(..len))
            {
                to.copy_from_slice(from);
            }
            done += len;
        }
        let Some(rest) = out.get_mut(done..).filter(|rest| !rest.is_empty()) else {
            return Ok(());
        };
        let offset = offset + done as u64;
        if rest.len() >= LARGE {
            let got = self.fill(rest, offset)?;
            return if got == rest.len() { Ok(()) } else { Err(SHRUNK) };
        }
        let want = (self.len - offset).min((rest.len() + AHEAD) as u64) as usize;
        let mut window = std::mem::take(&mut self.window.1);
        window.clear();
        window.resize(want, 0);
        let got = self.fill(&mut window, offset)?;
        window.truncate(got);
        let part = window.get(..rest.len()).ok_or(SHRUNK)?;
        rest.copy_from_slice(part);
        self.window = (offset, window);
        Ok(())
    }

    /// Reads until `out` is full or the file ends.
    fn fill(&mut self, out: &mut [u8], offset: u64) -> Result<usize, Stop> {
        let mut done = 0;
        while let Some(rest) = out.get_mut(done..).filter(|rest| !rest.is_empty()) {
            self.cost.calls += 1;
            if self.cost.calls > self.limits.reads {
                return Err(self.limits.over(Cap::Reads));
            }
            // The head is read in any case.
            if self.cost.calls > 1 {
                self.in_time()?;
            }
            match self.source.read_at(rest, offset + done as u64) {
                Ok(0) => break,
                Ok(n) => {
                    done += n;
                    self.cost.read += n as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(done)
    }
}

/// The file has become shorter since it was opened.
const SHRUNK: Stop = Stop::Malformed("the file became shorter while it was read");

/// At most one byte more than `limit` of what `stream` inflates to, and whether
/// it was whole.
fn inflated(stream: impl io::Read, limit: u64) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    let done = stream.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    (bytes, done.is_ok())
}

/// What a Brotli stream holds, up to one byte over `limit`, and whether that was
/// all of it.
///
/// Windows over 16 MiB are refused: they are no part of RFC 7932, and a stream
/// could ask for a gigabyte with them.
fn brotli(stream: &[u8], limit: u64) -> (Vec<u8>, bool) {
    use brotli_decompressor::{
        BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc,
    };
    let alloc = StandardAlloc::default;
    let mut state = BrotliState::new_strict(alloc(), alloc(), alloc());
    let (mut input_left, mut input_at, mut total) = (stream.len(), 0, 0);
    let mut buffer = vec![0; 16 << 10];
    let mut bytes = Vec::new();
    loop {
        let (mut room, mut filled) = (buffer.len(), 0);
        let result = BrotliDecompressStream(
            &mut input_left,
            &mut input_at,
            stream,
            &mut room,
            &mut filled,
            &mut buffer,
            &mut total,
            &mut state,
        );
        let over = limit.saturating_add(1).saturating_sub(bytes.len() as u64);
        let take = (filled as u64).min(over) as usize;
        bytes.extend_from_slice(buffer.get(..take).unwrap_or_default());
        match result {
            BrotliResult::NeedsMoreOutput if bytes.len() as u64 <= limit => {}
            result => return (bytes, matches!(result, BrotliResult::ResultSuccess)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_became_shorter_is_told_from_one_that_ends() {
        let limits = Limits::default();
        let bytes = vec![7; 100_000];
        // It was longer when it was opened.
        let mut input = Input::new(Box::new(&bytes[..]), 300_000, &limits).unwrap();
        assert_eq!(input.bytes(99_990, 10).unwrap(), [7; 10]);
        for (offset, len) in [(99_990, 20), (99_990, 150_000), (200_000, 1)] {
            let stop = input.bytes(offset, len).unwrap_err();
            assert_eq!(stop.to_string(), "the file became shorter while it was read");
        }
        let stop = input.bytes(300_000, 1).unwrap_err();
        assert_eq!(stop.to_string(), "runs past the end of the file");
    }
}
