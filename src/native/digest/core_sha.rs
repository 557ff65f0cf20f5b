//! SHA-1 and SHA-2 (FIPS 180-4) over a stream of bits. The rounds are the crates', which use the processor's own
//! instructions; here are the blocks, the lengths and the padding, so that a state can be taken out and put back.

/// A digest on its way.
#[derive(Clone)]
pub(super) struct Sha {
    algorithm: u32,
    words: Words,
    block: [u8; 128],
    /// Bits in the block.
    count: usize,
    /// Bits altogether.
    total: u128,
}

#[derive(Clone, Copy)]
enum Words {
    Half([u32; 8]),
    Full([u64; 8]),
}

/// The state an algorithm begins with; none for a number that names no algorithm.
fn start(algorithm: u32) -> Option<Words> {
    Some(match algorithm {
        1 => Words::Half([
            0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0, 0, 0, 0,
        ]),
        224 => Words::Half([
            0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7,
            0xbefa4fa4,
        ]),
        256 => Words::Half([
            0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab,
            0x5be0cd19,
        ]),
        384 => Words::Full([
            0xcbbb9d5dc1059ed8,
            0x629a292a367cd507,
            0x9159015a3070dd17,
            0x152fecd8f70e5939,
            0x67332667ffc00b31,
            0x8eb44a8768581511,
            0xdb0c2e0d64f98fa7,
            0x47b5481dbefa4fa4,
        ]),
        512 => Words::Full([
            0x6a09e667f3bcc908,
            0xbb67ae8584caa73b,
            0x3c6ef372fe94f82b,
            0xa54ff53a5f1d36f1,
            0x510e527fade682d1,
            0x9b05688c2b3e6c1f,
            0x1f83d9abfb41bd6b,
            0x5be0cd19137e2179,
        ]),
        512_224 => Words::Full([
            0x8c3d37c819544da2,
            0x73e1996689dcd4d6,
            0x1dfab7ae32ff9c82,
            0x679dd514582f9fcf,
            0x0f6d2b697bd44da8,
            0x77e36f7304c48942,
            0x3f9d85a86a1d36c8,
            0x1112e6ad91d692a1,
        ]),
        512_256 => Words::Full([
            0x22312194fc2bf72c,
            0x9f555fa3c84c64c2,
            0x2393b86b6f53b151,
            0x963877195940eabd,
            0x96283ee2a88effe3,
            0xbe5e1e2553863992,
            0x2b0199fc2c85b8aa,
            0x0eb72ddc81c52ca2,
        ]),
        _ => return None,
    })
}

impl Sha {
    pub(super) fn new(algorithm: u32) -> Option<Sha> {
        Some(Sha {
            algorithm,
            words: start(algorithm)?,
            block: [0; 128],
            count: 0,
            total: 0,
        })
    }

    pub(super) fn algorithm(&self) -> u32 {
        self.algorithm
    }

    /// Bits of the digest.
    pub(super) fn bits(&self) -> u32 {
        match self.algorithm {
            1 => 160,
            512_224 => 224,
            512_256 => 256,
            n => n,
        }
    }

    /// Bytes of a block.
    pub(super) fn block_len(&self) -> usize {
        match self.words {
            Words::Half(_) => 64,
            Words::Full(_) => 128,
        }
    }

    fn compress(&mut self, bytes: &[u8]) {
        match &mut self.words {
            Words::Half(words) => {
                let (blocks, _) = bytes.as_chunks::<64>();
                if self.algorithm == 1 {
                    let mut five = [words[0], words[1], words[2], words[3], words[4]];
                    sha1::block_api::compress(&mut five, blocks);
                    words[..5].copy_from_slice(&five);
                } else {
                    sha2::block_api::compress256(words, blocks);
                }
            }
            Words::Full(words) => sha2::block_api::compress512(words, bytes.as_chunks::<128>().0),
        }
    }

    /// Takes in bytes.
    pub(super) fn update(&mut self, bytes: &[u8]) {
        if self.count % 8 != 0 {
            return self.update_bits(bytes, bytes.len() * 8);
        }
        self.total += bytes.len() as u128 * 8;
        let size = self.block_len();
        let mut bytes = bytes;
        let at = self.count / 8;
        if at > 0 {
            let n = bytes.len().min(size - at);
            self.block[at..at + n].copy_from_slice(&bytes[..n]);
            self.count += n * 8;
            bytes = &bytes[n..];
            if self.count < size * 8 {
                return;
            }
            let block = self.block;
            self.compress(&block[..size]);
            self.count = 0;
        }
        let whole = bytes.len() / size * size;
        self.compress(&bytes[..whole]);
        let rest = &bytes[whole..];
        self.block[..rest.len()].copy_from_slice(rest);
        self.count = rest.len() * 8;
    }

    /// Takes in the first `bits` bits.
    pub(super) fn update_bits(&mut self, bytes: &[u8], bits: usize) {
        let bits = bits.min(bytes.len() * 8);
        let mut from = 0;
        if self.count % 8 == 0 {
            self.update(&bytes[..bits / 8]);
            from = bits / 8 * 8;
        }
        for i in from..bits {
            let bit = bytes[i / 8] >> (7 - i % 8) & 1;
            self.push_bit(bit);
        }
    }

    fn push_bit(&mut self, bit: u8) {
        let (at, mask) = (self.count / 8, 0x80 >> (self.count % 8));
        if mask == 0x80 {
            self.block[at] = 0;
        }
        if bit != 0 {
            self.block[at] |= mask;
        }
        self.count += 1;
        self.total += 1;
        if self.count == self.block_len() * 8 {
            let block = self.block;
            self.compress(&block[..self.block_len()]);
            self.count = 0;
        }
    }

    /// The digest of what came so far.
    pub(super) fn digest(&self) -> Vec<u8> {
        let mut last = self.clone();
        let total = self.total;
        let size = self.block_len();
        last.push_bit(1);
        while last.count % 8 != 0 {
            last.push_bit(0);
        }
        let room = size / 8;
        let zeros = (2 * size - room - last.count / 8) % size;
        last.update(&[0u8; 128][..zeros]);
        let length = total.to_be_bytes();
        last.update(&length[16 - room..]);
        let mut out = last.state();
        out.truncate(self.bits() as usize / 8);
        out
    }

    fn state(&self) -> Vec<u8> {
        match self.words {
            Words::Half(words) => words.iter().flat_map(|w| w.to_be_bytes()).collect(),
            Words::Full(words) => words.iter().flat_map(|w| w.to_be_bytes()).collect(),
        }
    }

    /// State, block, bits in the block and length as four numbers, in one string (getstate).
    pub(super) fn pack(&self) -> Vec<u8> {
        let mut out = self.state();
        let used = self.count.div_ceil(8);
        let mut block = self.block;
        block[used..].fill(0);
        out.extend_from_slice(&block[..self.block_len()]);
        out.extend_from_slice(&(self.count as u32).to_be_bytes());
        out.extend_from_slice(&self.total.to_be_bytes());
        out
    }

    /// Puts back what `pack` gave; false where it does not fit.
    pub(super) fn unpack(&mut self, packed: &[u8]) -> bool {
        let size = self.block_len();
        if packed.len() != size / 2 + size + 20 {
            return false;
        }
        let (state, rest) = packed.split_at(size / 2);
        let (block, rest) = rest.split_at(size);
        let mut number = [0u8; 16];
        number.copy_from_slice(&rest[4..]);
        let count = u32::from_be_bytes([rest[0], rest[1], rest[2], rest[3]]) as usize;
        if count >= size * 8 {
            return false;
        }
        match &mut self.words {
            Words::Half(words) => {
                for (word, bytes) in words.iter_mut().zip(state.as_chunks::<4>().0) {
                    *word = u32::from_be_bytes(*bytes);
                }
            }
            Words::Full(words) => {
                for (word, bytes) in words.iter_mut().zip(state.as_chunks::<8>().0) {
                    *word = u64::from_be_bytes(*bytes);
                }
            }
        }
        self.block[..size].copy_from_slice(block);
        (self.count, self.total) = (count, u128::from_be_bytes(number));
        true
    }
}

/// The keyed digest of RFC 2104.
pub(super) fn hmac(algorithm: u32, key: &[u8], pieces: &[&[u8]]) -> Option<Sha> {
    let mut inner = Sha::new(algorithm)?;
    let mut outer = inner.clone();
    let size = inner.block_len();
    let mut pad = if key.len() > size {
        let mut short = inner.clone();
        short.update(key);
        short.digest()
    } else {
        key.to_vec()
    };
    pad.resize(size, 0);
    let masked = |mask: u8| pad.iter().map(|b| b ^ mask).collect::<Vec<u8>>();
    inner.update(&masked(0x36));
    for piece in pieces {
        inner.update(piece);
    }
    outer.update(&masked(0x5c));
    outer.update(&inner.digest());
    Some(outer)
}
