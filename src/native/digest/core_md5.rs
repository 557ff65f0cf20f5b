//! MD5 (RFC 1321) over a stream of bytes.

/// A digest on its way.
#[derive(Clone)]
pub(super) struct Md5 {
    state: [u32; 4],
    /// Bytes of whole blocks so far.
    done: u64,
    rest: Vec<u8>,
}

const START: [u32; 4] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];

const SHIFTS: [[u32; 4]; 4] = [
    [7, 12, 17, 22],
    [5, 9, 14, 20],
    [4, 11, 16, 23],
    [6, 10, 15, 21],
];

/// The constants of the rounds: the sines of whole numbers, as 32-bit fractions.
const SINES: [u32; 64] = [
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
];

fn compress(state: &mut [u32; 4], block: &[u8]) {
    let mut words = [0u32; 16];
    for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
        *word = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    }
    let [mut a, mut b, mut c, mut d] = *state;
    for i in 0..64 {
        let (mixed, at) = match i / 16 {
            0 => (d ^ (b & (c ^ d)), i),
            1 => (c ^ (d & (b ^ c)), 5 * i + 1),
            2 => (b ^ c ^ d, 3 * i + 5),
            _ => (c ^ (b | !d), 7 * i),
        };
        let sum = a
            .wrapping_add(mixed)
            .wrapping_add(SINES[i])
            .wrapping_add(words[at % 16]);
        let turned = sum.rotate_left(SHIFTS[i / 16][i % 4]);
        (a, d, c, b) = (d, c, b, b.wrapping_add(turned));
    }
    for (old, new) in state.iter_mut().zip([a, b, c, d]) {
        *old = old.wrapping_add(new);
    }
}

impl Md5 {
    pub(super) fn new() -> Md5 {
        Md5 {
            state: START,
            done: 0,
            rest: Vec::with_capacity(64),
        }
    }

    pub(super) fn update(&mut self, mut bytes: &[u8]) {
        if !self.rest.is_empty() {
            let n = bytes.len().min(64 - self.rest.len());
            self.rest.extend_from_slice(&bytes[..n]);
            bytes = &bytes[n..];
            if self.rest.len() < 64 {
                return;
            }
            compress(&mut self.state, &self.rest);
            self.done += 64;
            self.rest.clear();
        }
        let mut blocks = bytes.chunks_exact(64);
        for block in &mut blocks {
            compress(&mut self.state, block);
            self.done += 64;
        }
        self.rest.extend_from_slice(blocks.remainder());
    }

    pub(super) fn digest(&self) -> [u8; 16] {
        let mut last = self.clone();
        let bits = (self.done + self.rest.len() as u64).wrapping_mul(8);
        let zeros = (119 - self.rest.len()) % 64;
        last.update(&[0x80]);
        last.update(&[0u8; 64][..zeros]);
        last.update(&bits.to_le_bytes());
        last.words()
    }

    fn words(&self) -> [u8; 16] {
        let mut out = [0; 16];
        for (bytes, word) in out.chunks_exact_mut(4).zip(self.state) {
            bytes.copy_from_slice(&word.to_le_bytes());
        }
        out
    }

    /// Blocks done, the state, and the bytes that wait (Digest::MD5 context).
    pub(super) fn context(&self) -> (u64, [u8; 16], &[u8]) {
        (self.done / 64, self.words(), &self.rest)
    }

    /// The digest a context stands for.
    pub(super) fn from_context(blocks: u64, state: &[u8], rest: &[u8]) -> Md5 {
        let mut new = Md5 {
            state: START,
            done: blocks.wrapping_mul(64),
            rest: Vec::with_capacity(64),
        };
        for (word, bytes) in new.state.iter_mut().zip(state.chunks_exact(4)) {
            *word = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        }
        new.update(rest);
        new
    }
}
