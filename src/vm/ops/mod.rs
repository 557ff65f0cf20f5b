//! What operations do, by family.
