//! Unwinding: die, exits from loops further out, return through evals.
