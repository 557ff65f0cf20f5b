//! table: hints for messages, by words of the message. Each says what to do, not again what happened.

/// The hint for a message, if there is one.
pub fn hint(message: &str) -> Option<&'static str> {
    ADVICE
        .iter()
        .find(|(words, _)| words.iter().all(|word| message.contains(word)))
        .map(|(_, hint)| *hint)
}

/// All words of a row must stand in the message; the first row counts.
const ADVICE: &[(&[&str], &str)] = &[
    (
        &["Global symbol", "requires explicit package name"],
        "declare it with `my` (or `our` for a package variable), or look for a misspelling",
    ),
    (
        &["Can't locate object method", "perhaps you forgot to load"],
        "load the class first (`use CLASS;`), or look for a misspelled class name",
    ),
    (
        &["Can't locate object method"],
        "the class is there, the method is not: look at its spelling and at @ISA",
    ),
    (
        &["Can't locate", "in @INC"],
        "install the module, or name its directory with -I or `use lib`",
    ),
    (
        &["Can't call method", "on an undefined value"],
        "what stands left of `->` is undef: did the call that made it fail?",
    ),
    (
        &["Can't call method", "on unblessed reference"],
        "it is a plain reference, not an object: `bless` it, or call a function",
    ),
    (
        &["Can't call method", "without a package or object reference"],
        "what stands left of `->` is a plain string, not a class or object",
    ),
    (
        &["Undefined subroutine"],
        "define it, import it, or look for a misspelling",
    ),
    (
        &["as a subroutine ref while \"strict refs\""],
        "a name is not a code reference: use \\&name, or a hash of subs",
    ),
    (
        &["while \"strict refs\" in use"],
        "it holds a string where a reference is needed",
    ),
    (
        &["Not an ARRAY reference"],
        "look at what it holds: `ref` tells the kind",
    ),
    (
        &["Not a HASH reference"],
        "look at what it holds: `ref` tells the kind",
    ),
    (
        &["Not a CODE reference"],
        "look at what it holds: `ref` tells the kind",
    ),
    (
        &["Bareword", "not allowed while \"strict subs\""],
        "put it in quotes, or define the sub before this line",
    ),
    (
        &["Use of uninitialized value"],
        "give it a value first, or say what undef means here (`//` gives a default)",
    ),
    (
        &["isn't numeric"],
        "the text is not a number: check the input, or use a string operator (`eq`, `lt`, `.`)",
    ),
    (
        &["masks earlier declaration"],
        "leave out the second `my` to go on using the same variable",
    ),
    (
        &["syntax error", "at EOF"],
        "the text ends too early: is a bracket, quote or `;` missing?",
    ),
    (
        &["Missing right curly or square bracket"],
        "a `{` or `[` above is never closed",
    ),
    (
        &["Can't find string terminator"],
        "the quote or here-document that begins here is never closed",
    ),
    (
        &["syntax error"],
        "look just before the mark: is an operator, comma or `;` missing?",
    ),
    (
        &["Modification of a read-only value"],
        "a constant or a literal in a list is aliased here: copy it first",
    ),
    (
        &["Can't modify"],
        "what stands left of the assignment cannot be assigned to",
    ),
    (
        &["Too many arguments for"],
        "look at the sub's signature or prototype",
    ),
    (
        &["Not enough arguments for"],
        "look at the sub's signature or prototype",
    ),
    (&["Too few arguments for"], "look at the sub's signature"),
    (&["Illegal division by zero"], "test the divisor first"),
    (&["Illegal modulus zero"], "test the right operand first"),
    (
        &["Deep recursion on"],
        "is there a case in which it does not call itself?",
    ),
    (
        &["on closed filehandle"],
        "the handle was closed, or its `open` failed: test what `open` gives",
    ),
    (
        &["on unopened filehandle"],
        "open it first, or look for a misspelled name",
    ),
    (
        &["Insecure dependency in"],
        "the data came from outside: check it with a pattern and use the captured part (perlsec)",
    ),
    (
        &["Insecure $ENV{PATH}"],
        "set $ENV{PATH} to known directories first (perlsec)",
    ),
    (
        &["No such signal: SIG"],
        "`kill -l` in a shell lists the names",
    ),
    (
        &["handler", "not defined"],
        "%SIG holds a name: is the sub of that name defined? \\&name would say so at once",
    ),
    (
        &["Can't exec"],
        "is the command installed, executable and in PATH?",
    ),
    (
        &["Odd number of elements in hash assignment"],
        "a hash takes pairs: is a value missing, or a list longer than one?",
    ),
    (
        &["Reference found where even-sized list expected"],
        "`%h = {...}` stores one reference: use (...) or a scalar variable",
    ),
    (
        &["Wide character in"],
        "the handle writes bytes: open it with :encoding(UTF-8), or `binmode` it",
    ),
    (
        &["Can't \"last\" outside a loop block"],
        "`last` leaves loops only: use `return` in a sub",
    ),
    (
        &["Can't \"next\" outside a loop block"],
        "`next` belongs into a loop: use `return` in a sub",
    ),
    (
        &["Found = in conditional"],
        "`==` or `eq` compares, `=` assigns",
    ),
    (
        &["Unquoted string", "may clash with future reserved word"],
        "put it in quotes",
    ),
    (
        &["Name", "used only once: possible typo"],
        "it is mentioned nowhere else: look for a misspelling",
    ),
    (
        &["Subroutine", "redefined"],
        "a later `sub` of the same name replaces the earlier one",
    ),
];
