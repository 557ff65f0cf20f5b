//! The text of a prototype, taken apart (perlsub Prototypes).

/// One parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Param {
    /// `$`
    Scalar,
    /// `_`
    Topic,
    /// `@` or `%`: the rest.
    List,
    /// `&`
    Code,
    /// `*`
    Handle,
    /// `+`
    Plus,
    /// `\@` or `\[$@%]`: the allowed sigils.
    Ref(String),
}

/// A prototype's parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    pub params: Vec<Param>,
    /// How many must be given.
    pub required: usize,
}

/// Whether perl refuses a call under this prototype: `_` stands last or before `;`, `@`, `%`.
pub fn malformed(proto: &str) -> bool {
    let mut chars = proto.chars().filter(|c| !c.is_whitespace()).peekable();
    while let Some(c) = chars.next() {
        if c == '_' && chars.peek().is_some_and(|n| !matches!(n, ';' | '@' | '%')) {
            return true;
        }
    }
    false
}

/// Takes a prototype apart; what it does not understand ends it.
pub fn items(proto: &str) -> Params {
    let mut out = Params::default();
    let mut optional = false;
    let mut chars = proto.chars().filter(|c| !c.is_whitespace());
    while let Some(c) = chars.next() {
        let param = match c {
            ';' => {
                optional = true;
                continue;
            }
            '$' => Param::Scalar,
            '_' if optional => Param::Scalar,
            '_' => {
                optional = true;
                Param::Topic
            }
            '@' | '%' => Param::List,
            '&' => Param::Code,
            '*' => Param::Handle,
            '+' => Param::Plus,
            '\\' => match chars.next() {
                Some('[') => Param::Ref(chars.by_ref().take_while(|&c| c != ']').collect()),
                Some(sigil) => Param::Ref(sigil.to_string()),
                None => break,
            },
            _ => break,
        };
        if !optional && param != Param::List {
            out.required += 1;
        }
        let last = param == Param::List;
        out.params.push(param);
        if last {
            break;
        }
    }
    out
}
