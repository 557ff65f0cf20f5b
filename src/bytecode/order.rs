//! What a `sort` block compares, where it compares the same of both items: each item's key is then found once, not in
//! every comparison.

/// One comparison of a chain; the next one decides between equals.
#[derive(Clone, Debug)]
pub struct OrderBy {
    /// What is compared of an item.
    pub key: ItemKey,
    /// `<=>`, not `cmp`.
    pub numeric: bool,
    /// `$b` stands on the left.
    pub descending: bool,
}

/// A value found from an item without running code and without changing anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemKey {
    /// `$a`, or `$b`.
    Item,
    /// `$x`
    Scalar(Variable),
    /// `$h{KEY}`, `KEY->{KEY}`
    Key(Box<Holder>, Box<ItemKey>),
    /// The same with a constant.
    KeyK(Box<Holder>, u16),
    /// `$a[KEY]`, `KEY->[KEY]`
    Index(Box<Holder>, Box<ItemKey>),
    /// The same with a constant.
    IndexK(Box<Holder>, i64),
    /// `length KEY`
    Length(Box<ItemKey>),
    /// `lc KEY`; by Unicode's rules for all characters?
    Lc(Box<ItemKey>, bool),
    /// `uc KEY`, likewise.
    Uc(Box<ItemKey>, bool),
}

/// A hash or an array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A variable.
    Named(Variable),
    /// What a reference leads to.
    Behind(ItemKey),
}

/// A variable that is not the block's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variable {
    /// Number of a capture.
    Captured(u16),
    /// Number of a package symbol.
    Global(u16),
}
