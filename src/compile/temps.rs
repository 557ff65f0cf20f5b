//! Numbers for registers while a body is compiled: four classes, three of them stacks of temporaries.
use crate::bytecode::{NO, R};

/// First number of the registers that hold captures, bound at entry.
pub const UPS: R = 0x4000;
/// First number of what loops hold over many statements: iterators, saved matches.
pub const HELD: R = 0x5000;
/// First number of the containers.
pub const CONTAINERS: R = 0x6000;
/// First number of the places.
pub const PLACES: R = 0x8000;
/// First number of the value temporaries.
pub const VALUES: R = 0xA000;

/// The class of a temporary: index into heights.
pub fn class(r: R) -> Option<usize> {
    match r {
        NO => None,
        r if r >= VALUES => Some(2),
        r if r >= PLACES => Some(1),
        r if r >= CONTAINERS => Some(0),
        r if r >= HELD => Some(3),
        _ => None,
    }
}

/// Classes on stacks: containers, places, values, held.
pub const STACKS: usize = 4;
/// The class of capture registers.
pub const UP: usize = 4;
/// First number of each.
pub const BASES: [R; 5] = [CONTAINERS, PLACES, VALUES, HELD, UPS];
/// How many registers a class may have.
const LIMITS: [u16; 5] = [0x2000, 0x2000, 0x5FF0, 0x1000, 0x1000];

/// Heights of the stacks of temporaries; the last entry counts capture registers, which are never freed.
pub type Heights = [u16; 5];

/// The stacks of temporaries of a body.
#[derive(Debug, Default)]
pub struct Temps {
    /// Registers in use.
    pub height: Heights,
    /// Most ever in use.
    pub max: Heights,
    /// Registers up to here may hold something that lives until the statement ends.
    pub dirty: Heights,
    /// A class ran out of numbers.
    pub overflow: bool,
}

impl Temps {
    /// Takes the next register of a class.
    pub fn take(&mut self, class: usize) -> R {
        let n = self.height[class];
        if n + 1 >= LIMITS[class] {
            self.overflow = true;
            return BASES[class];
        }
        self.height[class] = n + 1;
        self.max[class] = self.max[class].max(n + 1);
        BASES[class] + n
    }

    /// Notes that an operation may leave something in `r`.
    pub fn soil(&mut self, r: R) {
        if let Some(c) = class(r) {
            self.dirty[c] = self.dirty[c].max(r - BASES[c] + 1);
        }
    }
}
