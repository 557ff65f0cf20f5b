//! Characters as octets (Encode) and in their normal forms (Unicode::Normalize).
pub(super) mod encode;
pub(super) mod normalize;
