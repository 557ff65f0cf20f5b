//! The hash function of Perl hashes: seeded once per process (perlrun, PERL_HASH_SEED).

use crate::text::PerlStr;
use std::hash::{BuildHasher, Hasher};
use std::sync::OnceLock;

static STATE: OnceLock<foldhash::fast::SeedableRandomState> = OnceLock::new();

fn seeded(seed: Option<u64>) -> foldhash::fast::SeedableRandomState {
    use foldhash::SharedSeed;
    use foldhash::fast::SeedableRandomState;
    match seed {
        Some(seed) => {
            static FIXED: OnceLock<SharedSeed> = OnceLock::new();
            SeedableRandomState::with_seed(seed, FIXED.get_or_init(|| SharedSeed::from_u64(seed)))
        }
        None => SeedableRandomState::random(),
    }
}

/// The hash of normalised key bytes.
#[inline]
pub fn hash_bytes(bytes: &[u8]) -> u32 {
    let mut hasher = STATE.get_or_init(|| seeded(None)).build_hasher();
    hasher.write(bytes);
    hasher.finish() as u32
}

/// A key as hashes store it: bytes where it can be so, so that both ways of storing a string
/// find the same entry, and never tainted (perlsec).
#[inline]
pub fn normalised(key: &PerlStr) -> PerlStr {
    if key.is_plain() {
        key.clone()
    } else {
        normalise_slow(key)
    }
}

#[cold]
fn normalise_slow(key: &PerlStr) -> PerlStr {
    let mut key = key.downgraded().unwrap_or_else(|| key.clone());
    key.set_taint(false);
    key
}
