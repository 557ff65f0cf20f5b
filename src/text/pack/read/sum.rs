//! The checksums of `unpack` (`%32`).

use crate::text::number::Numeric;
use crate::text::{OutOfMemory, quota};

/// A running checksum (`%32`).
pub(super) struct Sum {
    bits: usize,
    whole: u64,
    double: f64,
    /// A double was added, so the sum is one.
    is_double: bool,
    /// How many numbers were added.
    count: usize,
}

impl Sum {
    pub(super) fn new(bits: usize) -> Sum {
        Sum {
            bits,
            whole: 0,
            double: 0.0,
            is_double: false,
            count: 0,
        }
    }

    pub(super) fn add(&mut self, n: Numeric) -> Result<(), OutOfMemory> {
        self.count += 1;
        self.whole = self.whole.wrapping_add(n.to_u64());
        self.double += n.to_f64();
        self.is_double |= self.bits > 64;
        quota::round(self.count)
    }

    pub(super) fn add_double(&mut self, x: f64) {
        self.double += x;
        self.is_double = true;
    }

    /// The sum modulo two to the number of bits.
    pub(super) fn result(&self) -> Numeric {
        if !self.is_double {
            let mask = if self.bits >= 64 {
                u64::MAX
            } else {
                (1 << self.bits) - 1
            };
            return Numeric::from_u64(self.whole & mask);
        }
        let modulus = 2f64.powi(self.bits.min(2000) as i32);
        let mut rest = self.double;
        if rest < 0.0 {
            rest += modulus * (-rest / modulus).ceil();
        }
        Numeric::Num((rest / modulus).fract() * modulus)
    }
}
