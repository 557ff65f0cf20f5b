//! table: a line about every function and special variable, for `:doc`.
use super::words::WORDS;

/// How a function is called, and what it does.
pub fn builtin(name: &str) -> Option<(&'static str, &'static str)> {
    let name = name.trim_end_matches("()").trim_start_matches("CORE::");
    find(BUILTINS, name)
}

/// A word that is no function, a quote, an operator or a file test.
pub fn word(name: &str) -> Option<(&'static str, &'static str)> {
    find(WORDS, name)
}

/// A special variable; `$.` and `.` both find it.
pub fn variable(name: &str) -> Option<(&'static str, &'static str)> {
    find(VARIABLES, name)
        .or_else(|| find(VARIABLES, &format!("${name}")))
        .or_else(|| {
            VARIABLES
                .iter()
                .find(|row| row.1.split(' ').any(|form| form == name))
                .map(|row| (row.1, row.2))
        })
}

/// Everything there is a line about.
#[cfg(any(test, feature = "repl"))]
pub fn names() -> impl Iterator<Item = &'static str> {
    let rows = BUILTINS.iter().chain(VARIABLES).chain(WORDS);
    rows.map(|row| row.0)
}

/// Name, form, line.
pub type Row = (&'static str, &'static str, &'static str);

fn find(rows: &'static [Row], name: &str) -> Option<(&'static str, &'static str)> {
    let row = rows.iter().find(|row| row.0 == name)?;
    Some((row.1, row.2))
}

const BUILTINS: &[Row] = &[
    ("abs", "abs NUMBER", "The number without its sign."),
    (
        "accept",
        "accept NEW, LISTENING",
        "Takes the next connection of a listening socket; gives the caller's packed address.",
    ),
    (
        "alarm",
        "alarm SECONDS",
        "Sends this process SIGALRM after a while; 0 takes it back and gives what was left.",
    ),
    (
        "atan2",
        "atan2 Y, X",
        "The angle of the point (X, Y), from minus pi to pi.",
    ),
    (
        "bind",
        "bind SOCKET, ADDRESS",
        "Gives a socket its own address, packed by sockaddr_in or sockaddr_un.",
    ),
    (
        "binmode",
        "binmode HANDLE, LAYERS",
        "Sets a handle's layers, such as :raw, :utf8 or :encoding(UTF-8).",
    ),
    (
        "bless",
        "bless REF, CLASS",
        "Makes what the reference points to an object of the class; gives the reference.",
    ),
    ("break", "break", "Leaves a `given` block."),
    (
        "caller",
        "caller LEVEL",
        "Package, file and line of the call; with a level also the sub and more about it.",
    ),
    (
        "chdir",
        "chdir DIRECTORY",
        "Changes the working directory; without one it goes home.",
    ),
    (
        "chmod",
        "chmod MODE, FILES",
        "Sets the permissions of files; gives how many were changed.",
    ),
    (
        "chomp",
        "chomp VARIABLES",
        "Takes a line's end (what $/ holds) off; gives how many characters went.",
    ),
    (
        "chop",
        "chop VARIABLES",
        "Takes the last character off and gives it.",
    ),
    (
        "chown",
        "chown USER, GROUP, FILES",
        "Sets the owner and group of files, by number; -1 leaves one as it is.",
    ),
    ("chr", "chr NUMBER", "The character of that code."),
    (
        "chroot",
        "chroot DIRECTORY",
        "Makes a directory the process's root; only root may.",
    ),
    (
        "close",
        "close HANDLE",
        "Closes a handle; a pipe's command is waited for, and its status goes to $?.",
    ),
    (
        "closedir",
        "closedir HANDLE",
        "Closes a directory opened by opendir.",
    ),
    (
        "connect",
        "connect SOCKET, ADDRESS",
        "Connects a socket to a packed address.",
    ),
    (
        "continue",
        "continue BLOCK",
        "A block that runs after each turn of a loop; inside `when`, goes on behind it.",
    ),
    ("cos", "cos ANGLE", "The cosine of an angle in radians."),
    (
        "crypt",
        "crypt TEXT, SALT",
        "A one-way hash of a password, by the C library's crypt.",
    ),
    (
        "dbmclose",
        "dbmclose HASH",
        "Ends the binding of a hash to a database file.",
    ),
    (
        "dbmopen",
        "dbmopen HASH, FILE, MODE",
        "Binds a hash to a database file.",
    ),
    (
        "defined",
        "defined EXPR",
        "Is there a value other than undef? With &name: is the sub defined?",
    ),
    (
        "delete",
        "delete ELEMENT",
        "Removes an element or slice from a hash or array and gives what was there.",
    ),
    (
        "die",
        "die LIST",
        "Throws an error, text or an object; without a newline at its end the place is added.",
    ),
    (
        "each",
        "each HASH",
        "The next key and value of a hash (index and value of an array).",
    ),
    ("endgrent", "endgrent", "Ends reading the list of groups."),
    (
        "endhostent",
        "endhostent",
        "Ends reading the list of hosts.",
    ),
    (
        "endnetent",
        "endnetent",
        "Ends reading the list of networks.",
    ),
    (
        "endprotoent",
        "endprotoent",
        "Ends reading the list of protocols.",
    ),
    ("endpwent", "endpwent", "Ends reading the list of users."),
    (
        "endservent",
        "endservent",
        "Ends reading the list of services.",
    ),
    (
        "eof",
        "eof HANDLE",
        "Is nothing left to read? eof() asks about all files of <> together.",
    ),
    (
        "evalbytes",
        "evalbytes TEXT",
        "Runs a string of bytes as Perl, whatever its encoding flag says.",
    ),
    (
        "exec",
        "exec COMMAND, ARGUMENTS",
        "Becomes another program; comes back only if that failed.",
    ),
    (
        "exists",
        "exists ELEMENT",
        "Is there such a key or index, or a sub of that name?",
    ),
    (
        "exit",
        "exit STATUS",
        "Ends the program: END blocks run, handles are written out.",
    ),
    ("exp", "exp NUMBER", "e to that power."),
    (
        "fc",
        "fc TEXT",
        "The text in a form in which upper and lower case compare alike.",
    ),
    (
        "fcntl",
        "fcntl HANDLE, FUNCTION, VALUE",
        "Asks or changes a descriptor's flags and locks; the constants are in Fcntl.",
    ),
    (
        "fileno",
        "fileno HANDLE",
        "The descriptor's number; -1 for a handle in memory.",
    ),
    (
        "flock",
        "flock HANDLE, OPERATION",
        "Locks a file (LOCK_SH, LOCK_EX, LOCK_UN, with LOCK_NB without waiting).",
    ),
    (
        "fork",
        "fork",
        "Makes a copy of this process: 0 in the child, its number in the parent, undef if there can be none.",
    ),
    (
        "formline",
        "formline PICTURE, VALUES",
        "Fills a picture line with values and appends the result to $^A.",
    ),
    ("getc", "getc HANDLE", "The next character of a handle."),
    (
        "getgrent",
        "getgrent",
        "The next entry of the list of groups.",
    ),
    (
        "getgrgid",
        "getgrgid NUMBER",
        "The group of that number: name, password, number, members.",
    ),
    (
        "getgrnam",
        "getgrnam NAME",
        "The group of that name; its number in scalar context.",
    ),
    (
        "gethostbyaddr",
        "gethostbyaddr ADDRESS, FAMILY",
        "The host of a packed address.",
    ),
    (
        "gethostbyname",
        "gethostbyname NAME",
        "The host of that name: name, aliases, family, length, addresses.",
    ),
    (
        "gethostent",
        "gethostent",
        "The next entry of the list of hosts.",
    ),
    (
        "getlogin",
        "getlogin",
        "The name this terminal's user logged in with.",
    ),
    (
        "getnetbyaddr",
        "getnetbyaddr ADDRESS, FAMILY",
        "The network of that number.",
    ),
    (
        "getnetbyname",
        "getnetbyname NAME",
        "The network of that name.",
    ),
    (
        "getnetent",
        "getnetent",
        "The next entry of the list of networks.",
    ),
    (
        "getpeername",
        "getpeername SOCKET",
        "The packed address at the other end of a connection.",
    ),
    (
        "getpgrp",
        "getpgrp PID",
        "The process group of a process; 0 for this one.",
    ),
    ("getppid", "getppid", "The number of the parent process."),
    (
        "getpriority",
        "getpriority WHICH, WHO",
        "How nice a process, group or user is.",
    ),
    (
        "getprotobyname",
        "getprotobyname NAME",
        "The protocol of that name; its number in scalar context.",
    ),
    (
        "getprotobynumber",
        "getprotobynumber NUMBER",
        "The protocol of that number; its name in scalar context.",
    ),
    (
        "getprotoent",
        "getprotoent",
        "The next entry of the list of protocols.",
    ),
    (
        "getpwent",
        "getpwent",
        "The next entry of the list of users.",
    ),
    (
        "getpwnam",
        "getpwnam NAME",
        "The user of that name; the number in scalar context.",
    ),
    (
        "getpwuid",
        "getpwuid NUMBER",
        "The user of that number; the name in scalar context.",
    ),
    (
        "getservbyname",
        "getservbyname NAME, PROTOCOL",
        "The service of that name; its port in scalar context.",
    ),
    (
        "getservbyport",
        "getservbyport PORT, PROTOCOL",
        "The service on that port; its name in scalar context.",
    ),
    (
        "getservent",
        "getservent",
        "The next entry of the list of services.",
    ),
    (
        "getsockname",
        "getsockname SOCKET",
        "The packed address of this end of a connection.",
    ),
    (
        "getsockopt",
        "getsockopt SOCKET, LEVEL, OPTION",
        "The packed value of a socket's option.",
    ),
    (
        "glob",
        "glob PATTERN",
        "The file names that fit a shell pattern.",
    ),
    (
        "gmtime",
        "gmtime SECONDS",
        "A time as parts in UTC, or as text in scalar context.",
    ),
    (
        "goto",
        "goto LABEL | &SUB",
        "Goes on at a label; with &sub replaces the running call by another.",
    ),
    (
        "grep",
        "grep BLOCK LIST",
        "The items for which the block (or expression) is true; how many in scalar context.",
    ),
    (
        "hex",
        "hex TEXT",
        "The number a text of hexadecimal digits stands for.",
    ),
    (
        "index",
        "index TEXT, PART, FROM",
        "Where the part first occurs, counted from 0; -1 if nowhere.",
    ),
    ("int", "int NUMBER", "The whole part of a number."),
    (
        "ioctl",
        "ioctl HANDLE, FUNCTION, VALUE",
        "Asks a device for something; the buffer comes back changed.",
    ),
    (
        "join",
        "join SEPARATOR, LIST",
        "The items as one string, with the separator between them.",
    ),
    (
        "keys",
        "keys HASH",
        "All keys, in no order; how many in scalar context. Starts `each` anew.",
    ),
    (
        "kill",
        "kill SIGNAL, PIDS",
        "Sends a signal by name or number; 0 only asks; a negative signal goes to groups.",
    ),
    ("last", "last LABEL", "Leaves a loop."),
    ("lc", "lc TEXT", "The text in lower case."),
    (
        "lcfirst",
        "lcfirst TEXT",
        "The text with its first character in lower case.",
    ),
    (
        "length",
        "length TEXT",
        "How many characters; undef for undef.",
    ),
    ("link", "link OLD, NEW", "Gives a file a second name."),
    (
        "listen",
        "listen SOCKET, QUEUE",
        "Lets a socket be connected to; so many may wait.",
    ),
    (
        "local",
        "local VARIABLE",
        "Gives a package variable or element a value until the block ends.",
    ),
    (
        "localtime",
        "localtime SECONDS",
        "A time as parts in the local zone, or as text in scalar context.",
    ),
    (
        "lock",
        "lock VARIABLE",
        "Locks a shared variable of threads; without threads nothing.",
    ),
    ("log", "log NUMBER", "The natural logarithm."),
    (
        "lstat",
        "lstat FILE",
        "What stat gives, but of a symbolic link itself.",
    ),
    (
        "map",
        "map BLOCK LIST",
        "What the block (or expression) gives for each item, in one list.",
    ),
    ("mkdir", "mkdir DIRECTORY, MODE", "Makes a directory."),
    (
        "msgctl",
        "msgctl ID, COMMAND, ARGUMENT",
        "Asks, changes or removes a System V message queue.",
    ),
    (
        "msgget",
        "msgget KEY, FLAGS",
        "The System V message queue of a key.",
    ),
    (
        "msgrcv",
        "msgrcv ID, VARIABLE, SIZE, TYPE, FLAGS",
        "Takes a message from a System V queue.",
    ),
    (
        "msgsnd",
        "msgsnd ID, MESSAGE, FLAGS",
        "Puts a message into a System V queue.",
    ),
    (
        "my",
        "my VARIABLES",
        "Declares variables of the enclosing block.",
    ),
    ("next", "next LABEL", "Goes on with a loop's next turn."),
    (
        "no",
        "no MODULE LIST",
        "The opposite of `use`: calls the module's unimport.",
    ),
    (
        "oct",
        "oct TEXT",
        "The number a text of octal digits stands for; 0x, 0b and 0o say otherwise.",
    ),
    (
        "open",
        "open HANDLE, MODE, WHAT",
        "Opens a file, a pipe (\"-|\", \"|-\"), a copy (\">&\") or a string (\\$text).",
    ),
    (
        "opendir",
        "opendir HANDLE, DIRECTORY",
        "Opens a directory for readdir.",
    ),
    ("ord", "ord TEXT", "The code of the first character."),
    (
        "our",
        "our VARIABLES",
        "Lets package variables be named without their package until the block ends.",
    ),
    (
        "pack",
        "pack TEMPLATE, LIST",
        "The values as bytes, laid out as the template says.",
    ),
    (
        "package",
        "package NAME",
        "The package that names belong to from here on, or inside a block.",
    ),
    (
        "pipe",
        "pipe READER, WRITER",
        "Two handles: what is written to one can be read from the other.",
    ),
    ("pop", "pop ARRAY", "Takes the last element."),
    (
        "pos",
        "pos VARIABLE",
        "Where the last m//g on it stopped; can be assigned to.",
    ),
    (
        "print",
        "print HANDLE LIST",
        "Writes the items; $, stands between them and $\\ behind.",
    ),
    (
        "printf",
        "printf HANDLE FORMAT, LIST",
        "Writes what sprintf makes of the same arguments.",
    ),
    (
        "prototype",
        "prototype SUB",
        "A sub's prototype, or a function's by \"CORE::name\".",
    ),
    (
        "push",
        "push ARRAY, LIST",
        "Appends items; gives the new length.",
    ),
    (
        "quotemeta",
        "quotemeta TEXT",
        "The text with a backslash before what patterns treat specially.",
    ),
    (
        "rand",
        "rand LIMIT",
        "A random number from 0 up to the limit (1 where none is given).",
    ),
    (
        "read",
        "read HANDLE, VARIABLE, LENGTH, OFFSET",
        "Reads so many characters through the buffer.",
    ),
    (
        "readdir",
        "readdir HANDLE",
        "The next name in a directory; all in list context.",
    ),
    (
        "readline",
        "readline HANDLE",
        "The next line, as <HANDLE> gives it; all lines in list context.",
    ),
    ("readlink", "readlink FILE", "Where a symbolic link points."),
    (
        "readpipe",
        "readpipe COMMAND",
        "What a command prints, as `...` gives it.",
    ),
    (
        "recv",
        "recv SOCKET, VARIABLE, LENGTH, FLAGS",
        "Receives a message; gives the sender's packed address.",
    ),
    ("redo", "redo LABEL", "Begins a loop's turn again."),
    (
        "ref",
        "ref VALUE",
        "The class or kind of a reference; an empty string for anything else.",
    ),
    ("rename", "rename OLD, NEW", "Gives a file another name."),
    (
        "require",
        "require FILE | MODULE | VERSION",
        "Loads a file once; a bare word names a module.",
    ),
    (
        "reset",
        "reset LETTERS",
        "Lets m?? match again; with letters, clears variables so named.",
    ),
    (
        "return",
        "return LIST",
        "Leaves the sub (or eval) with these values.",
    ),
    (
        "reverse",
        "reverse LIST",
        "The items from last to first; in scalar context the text backwards.",
    ),
    ("rewinddir", "rewinddir HANDLE", "Starts a directory anew."),
    (
        "rindex",
        "rindex TEXT, PART, FROM",
        "Where the part last occurs; -1 if nowhere.",
    ),
    ("rmdir", "rmdir DIRECTORY", "Removes an empty directory."),
    ("say", "say HANDLE LIST", "As print, with a newline behind."),
    ("scalar", "scalar EXPR", "The expression in scalar context."),
    (
        "seek",
        "seek HANDLE, POSITION, WHENCE",
        "Moves in a file: from its start (0), from here (1), from its end (2).",
    ),
    (
        "seekdir",
        "seekdir HANDLE, POSITION",
        "Goes back to a place that telldir gave.",
    ),
    (
        "select",
        "select HANDLE | READ, WRITE, ERROR, TIME",
        "The handle print writes to; with four arguments waits until descriptors are ready.",
    ),
    (
        "semctl",
        "semctl ID, NUMBER, COMMAND, ARGUMENT",
        "Asks, sets or removes System V semaphores.",
    ),
    (
        "semget",
        "semget KEY, COUNT, FLAGS",
        "The System V semaphores of a key.",
    ),
    (
        "semop",
        "semop ID, OPERATIONS",
        "Raises, lowers or waits for System V semaphores, all at once.",
    ),
    (
        "send",
        "send SOCKET, MESSAGE, FLAGS, TO",
        "Sends a message; gives how many bytes went.",
    ),
    ("setgrent", "setgrent", "Starts the list of groups anew."),
    (
        "sethostent",
        "sethostent STAYOPEN",
        "Starts the list of hosts anew.",
    ),
    (
        "setnetent",
        "setnetent STAYOPEN",
        "Starts the list of networks anew.",
    ),
    (
        "setpgrp",
        "setpgrp PID, GROUP",
        "Puts a process into a group; without arguments this one into its own.",
    ),
    (
        "setpriority",
        "setpriority WHICH, WHO, VALUE",
        "Sets how nice a process, group or user is.",
    ),
    (
        "setprotoent",
        "setprotoent STAYOPEN",
        "Starts the list of protocols anew.",
    ),
    ("setpwent", "setpwent", "Starts the list of users anew."),
    (
        "setservent",
        "setservent STAYOPEN",
        "Starts the list of services anew.",
    ),
    (
        "setsockopt",
        "setsockopt SOCKET, LEVEL, OPTION, VALUE",
        "Sets a socket's option, a number or packed bytes.",
    ),
    (
        "shift",
        "shift ARRAY",
        "Takes the first element; of @_ in a sub, of @ARGV outside.",
    ),
    (
        "shmctl",
        "shmctl ID, COMMAND, ARGUMENT",
        "Asks, changes or removes a System V shared memory.",
    ),
    (
        "shmget",
        "shmget KEY, SIZE, FLAGS",
        "The System V shared memory of a key.",
    ),
    (
        "shmread",
        "shmread ID, VARIABLE, POSITION, SIZE",
        "Copies bytes out of a shared memory.",
    ),
    (
        "shmwrite",
        "shmwrite ID, TEXT, POSITION, SIZE",
        "Copies bytes into a shared memory.",
    ),
    (
        "shutdown",
        "shutdown SOCKET, HOW",
        "Ends reading (0), writing (1) or both (2) of a connection.",
    ),
    ("sin", "sin ANGLE", "The sine of an angle in radians."),
    (
        "sleep",
        "sleep SECONDS",
        "Waits; a signal's handler ends it early. Gives the seconds slept.",
    ),
    (
        "socket",
        "socket SOCKET, DOMAIN, TYPE, PROTOCOL",
        "Makes a socket; the constants are in Socket.",
    ),
    (
        "socketpair",
        "socketpair ONE, OTHER, DOMAIN, TYPE, PROTOCOL",
        "Makes two sockets connected with each other.",
    ),
    (
        "sort",
        "sort BLOCK LIST",
        "The items in order; the block compares $a and $b.",
    ),
    (
        "splice",
        "splice ARRAY, FROM, COUNT, LIST",
        "Takes elements out of an array and puts others in their place.",
    ),
    (
        "split",
        "split PATTERN, TEXT, LIMIT",
        "The parts of a text between what fits the pattern.",
    ),
    (
        "sprintf",
        "sprintf FORMAT, LIST",
        "A text made after a format (%s %d %g %x ...).",
    ),
    ("sqrt", "sqrt NUMBER", "The square root."),
    (
        "srand",
        "srand SEED",
        "Starts the random numbers of rand at a known place; gives the seed.",
    ),
    (
        "stat",
        "stat FILE",
        "Thirteen facts about a file: device, inode, mode, links, owner, group, ..., size, times.",
    ),
    (
        "state",
        "state VARIABLES",
        "Declares variables that keep their values from call to call.",
    ),
    ("study", "study TEXT", "Does nothing any more."),
    (
        "sub",
        "sub NAME BLOCK",
        "Defines a sub; without a name gives a reference to it.",
    ),
    (
        "substr",
        "substr TEXT, FROM, LENGTH, NEW",
        "A part of a text; can be assigned to, or replaced by a fourth argument.",
    ),
    ("symlink", "symlink TARGET, NAME", "Makes a symbolic link."),
    (
        "syscall",
        "syscall NUMBER, LIST",
        "Makes a system call by number.",
    ),
    (
        "sysopen",
        "sysopen HANDLE, FILE, FLAGS, MODE",
        "Opens a file with the flags of open(2), such as O_RDWR|O_CREAT.",
    ),
    (
        "sysread",
        "sysread HANDLE, VARIABLE, LENGTH, OFFSET",
        "Reads past the buffer; 0 at the end, undef on error.",
    ),
    (
        "sysseek",
        "sysseek HANDLE, POSITION, WHENCE",
        "Moves a descriptor's place, past the buffer.",
    ),
    (
        "system",
        "system COMMAND, ARGUMENTS",
        "Runs a command and waits for it; gives its status, as in $?.",
    ),
    (
        "syswrite",
        "syswrite HANDLE, TEXT, LENGTH, OFFSET",
        "Writes past the buffer; gives how many bytes went.",
    ),
    ("tell", "tell HANDLE", "The place in a file, in bytes."),
    (
        "telldir",
        "telldir HANDLE",
        "The place in a directory, for seekdir.",
    ),
    (
        "tie",
        "tie VARIABLE, CLASS, LIST",
        "Lets an object of a class answer for a variable; gives the object.",
    ),
    (
        "tied",
        "tied VARIABLE",
        "The object behind a tied variable, or undef.",
    ),
    ("time", "time", "Seconds since the beginning of 1970 (UTC)."),
    (
        "times",
        "times",
        "Processor seconds: own user, own system, children's user, children's system.",
    ),
    (
        "truncate",
        "truncate FILE, LENGTH",
        "Cuts a file to a length.",
    ),
    ("uc", "uc TEXT", "The text in upper case."),
    (
        "ucfirst",
        "ucfirst TEXT",
        "The text with its first character in upper case.",
    ),
    (
        "umask",
        "umask MODE",
        "The permissions new files do not get; gives the former ones.",
    ),
    (
        "undef",
        "undef VARIABLE",
        "The undefined value; makes a variable, element or sub undefined.",
    ),
    (
        "unlink",
        "unlink FILES",
        "Removes files; gives how many went.",
    ),
    (
        "unpack",
        "unpack TEMPLATE, BYTES",
        "The values that pack put together.",
    ),
    (
        "unshift",
        "unshift ARRAY, LIST",
        "Puts items before the first; gives the new length.",
    ),
    ("untie", "untie VARIABLE", "Ends what tie began."),
    (
        "use",
        "use MODULE LIST",
        "Loads a module while compiling and imports from it; a version asks for that Perl.",
    ),
    (
        "utime",
        "utime ACCESSED, CHANGED, FILES",
        "Sets the times of files; undef for now.",
    ),
    (
        "values",
        "values HASH",
        "All values, as aliases; how many in scalar context.",
    ),
    (
        "vec",
        "vec TEXT, NUMBER, BITS",
        "A text as a row of numbers of so many bits; can be assigned to.",
    ),
    (
        "wait",
        "wait",
        "Waits for any child to end; gives its number and sets $?. -1 where there is none.",
    ),
    (
        "waitpid",
        "waitpid PID, FLAGS",
        "Waits for one child (-1: any); with WNOHANG gives 0 where none has ended.",
    ),
    (
        "wantarray",
        "wantarray",
        "The context of the call: true for a list, false for a scalar, undef for none.",
    ),
    (
        "warn",
        "warn LIST",
        "Prints a message to STDERR, or gives it to $SIG{__WARN__}.",
    ),
    (
        "write",
        "write HANDLE",
        "Prints a record with the handle's format.",
    ),
    (
        "do",
        "do BLOCK | FILE",
        "The value of a block; or runs a file and gives its last value.",
    ),
    (
        "eval",
        "eval BLOCK | TEXT",
        "Catches errors: what was thrown is in $@. Text is compiled first.",
    ),
];

/// Name, its forms (the long one of English.pm among them), line.
const VARIABLES: &[Row] = &[
    (
        "$_",
        "$_ $ARG",
        "What loops, map, grep and patterns work on where nothing else is named.",
    ),
    ("@_", "@_ @ARG", "The arguments of the sub, as aliases."),
    ("$a", "$a $b", "The two items a sort block compares."),
    ("$b", "$b $a", "The two items a sort block compares."),
    ("$$", "$$ $PID $PROCESS_ID", "The number of this process."),
    (
        "$0",
        "$0 $PROGRAM_NAME",
        "The program's name; assigning to it changes what ps shows.",
    ),
    (
        "$(",
        "$( $GID $REAL_GROUP_ID",
        "The real group, and all groups.",
    ),
    (
        "$)",
        "$) $EGID $EFFECTIVE_GROUP_ID",
        "The effective group, and all groups.",
    ),
    ("$<", "$< $UID $REAL_USER_ID", "The real user."),
    ("$>", "$> $EUID $EFFECTIVE_USER_ID", "The effective user."),
    (
        "$!",
        "$! $ERRNO $OS_ERROR",
        "The last system call's error: a number and its text at once.",
    ),
    (
        "%!",
        "%! %ERRNO %OS_ERROR",
        "$!{ENOENT} is true where $! is that error.",
    ),
    (
        "$@",
        "$@ $EVAL_ERROR",
        "What the last eval caught; empty where it went well.",
    ),
    (
        "$?",
        "$? $CHILD_ERROR",
        "The status of the last child: exit code << 8, or the signal that ended it.",
    ),
    (
        "${^CHILD_STATUS_NATIVE}",
        "${^CHILD_STATUS_NATIVE}",
        "The status of the last child as the system gave it.",
    ),
    ("$^E", "$^E $EXTENDED_OS_ERROR", "The same as $! here."),
    ("$&", "$& $MATCH", "What the last pattern matched."),
    ("$`", "$` $PREMATCH", "What stands before the last match."),
    ("$'", "$' $POSTMATCH", "What stands behind the last match."),
    ("$+", "$+ $LAST_PAREN_MATCH", "The last group that matched."),
    (
        "$^N",
        "$^N $LAST_SUBMATCH_RESULT",
        "The group that was closed last.",
    ),
    (
        "$1",
        "$1 $2 $3 $4 $5 $6 $7 $8 $9",
        "What the groups of the last pattern matched.",
    ),
    (
        "@-",
        "@- @LAST_MATCH_START",
        "Where the last match and its groups begin.",
    ),
    (
        "@+",
        "@+ @LAST_MATCH_END",
        "Where the last match and its groups end.",
    ),
    (
        "%+",
        "%+ %LAST_PAREN_MATCH",
        "Named groups of the last match, the first of each name.",
    ),
    (
        "%-",
        "%-",
        "Named groups of the last match, all of each name.",
    ),
    (
        "@{^CAPTURE}",
        "@{^CAPTURE}",
        "All groups of the last match.",
    ),
    (
        "$^R",
        "$^R $LAST_REGEXP_CODE_RESULT",
        "What the last (?{ }) of a pattern gave.",
    ),
    (
        "$/",
        "$/ $RS $INPUT_RECORD_SEPARATOR",
        "What ends a line: text, \"\" for paragraphs, undef for everything, \\N for records.",
    ),
    (
        "$\\",
        "$\\ $ORS $OUTPUT_RECORD_SEPARATOR",
        "What print adds at the end.",
    ),
    (
        "$,",
        "$, $OFS $OUTPUT_FIELD_SEPARATOR",
        "What print puts between its items.",
    ),
    (
        "$\"",
        "$\" $LIST_SEPARATOR",
        "What stands between the elements of an array inside a string.",
    ),
    (
        "$;",
        "$; $SUBSEP $SUBSCRIPT_SEPARATOR",
        "What joins the parts of $h{1,2}.",
    ),
    (
        "$|",
        "$| $OUTPUT_AUTOFLUSH",
        "1: the selected handle writes at once after each print.",
    ),
    (
        "$.",
        "$. $NR $INPUT_LINE_NUMBER",
        "The line number of the handle read last.",
    ),
    (
        "$%",
        "$% $FORMAT_PAGE_NUMBER",
        "The page of the selected handle's format.",
    ),
    (
        "$=",
        "$= $FORMAT_LINES_PER_PAGE",
        "Lines on a page of the selected handle's format.",
    ),
    ("$-", "$- $FORMAT_LINES_LEFT", "Lines left on the page."),
    (
        "$~",
        "$~ $FORMAT_NAME",
        "The name of the selected handle's format.",
    ),
    (
        "$^",
        "$^ $FORMAT_TOP_NAME",
        "The name of the format at the top of a page.",
    ),
    (
        "$:",
        "$: $FORMAT_LINE_BREAK_CHARACTERS",
        "Where a format may break a line.",
    ),
    (
        "$^L",
        "$^L $FORMAT_FORMFEED",
        "What a format writes between pages.",
    ),
    ("$^A", "$^A $ACCUMULATOR", "What formline has made."),
    (
        "$^W",
        "$^W $WARNING",
        "Warnings where no pragma speaks (-w).",
    ),
    (
        "${^WARNING_BITS}",
        "${^WARNING_BITS}",
        "The warnings in force where the code is compiled.",
    ),
    (
        "$^X",
        "$^X $EXECUTABLE_NAME",
        "The path of the binary that runs this.",
    ),
    ("$^O", "$^O $OSNAME", "The name of the system."),
    (
        "$^T",
        "$^T $BASETIME",
        "When the program began, in seconds.",
    ),
    (
        "$^V",
        "$^V $PERL_VERSION",
        "The version of Perl, as an object.",
    ),
    (
        "$]",
        "$] $OLD_PERL_VERSION",
        "The version of Perl, as a number.",
    ),
    (
        "$^I",
        "$^I $INPLACE_EDIT",
        "The extension of in-place editing (-i); undef for none.",
    ),
    (
        "$^F",
        "$^F $SYSTEM_FD_MAX",
        "Descriptors up to this one stay open over exec.",
    ),
    (
        "$^S",
        "$^S $EXCEPTIONS_BEING_CAUGHT",
        "Inside an eval? undef while compiling.",
    ),
    ("$^D", "$^D $DEBUGGING", "Debugging flags; always 0."),
    (
        "$^P",
        "$^P $PERLDB",
        "Flags of the debugger; there is none.",
    ),
    ("$^H", "$^H", "Pragmas in force while compiling, as bits."),
    ("%^H", "%^H", "Pragmas of modules in force while compiling."),
    (
        "${^GLOBAL_PHASE}",
        "${^GLOBAL_PHASE}",
        "START, CHECK, INIT, RUN, END or DESTRUCT.",
    ),
    ("${^TAINT}", "${^TAINT}", "1 under -T, -1 under -t."),
    ("${^UNICODE}", "${^UNICODE}", "What -C was given."),
    (
        "${^OPEN}",
        "${^OPEN}",
        "The default layers of handles, as the open pragma sets them.",
    ),
    (
        "${^PREMATCH}",
        "${^PREMATCH}",
        "What stands before a match with /p.",
    ),
    ("${^MATCH}", "${^MATCH}", "What a match with /p matched."),
    (
        "${^POSTMATCH}",
        "${^POSTMATCH}",
        "What stands behind a match with /p.",
    ),
    ("@ARGV", "@ARGV", "The arguments of the program."),
    ("$ARGV", "$ARGV", "The file <> reads now."),
    ("ARGV", "ARGV", "The handle of <>, over the files in @ARGV."),
    (
        "ARGVOUT",
        "ARGVOUT",
        "The file in-place editing writes now.",
    ),
    ("@F", "@F", "The fields of a line under -a."),
    ("@INC", "@INC", "Where modules are looked for."),
    (
        "%INC",
        "%INC",
        "The files that were loaded, and from where.",
    ),
    ("%ENV", "%ENV", "The environment; children inherit it."),
    (
        "%SIG",
        "%SIG",
        "Handlers of signals: a code reference, a name, IGNORE or DEFAULT; also __WARN__ and __DIE__.",
    ),
    ("@ISA", "@ISA", "The classes a package inherits from."),
    ("STDIN", "STDIN", "Standard input."),
    ("STDOUT", "STDOUT", "Standard output."),
    ("STDERR", "STDERR", "The output for errors."),
    ("DATA", "DATA", "What stands behind __END__ or __DATA__."),
    ("__FILE__", "__FILE__", "The name of this file."),
    ("__LINE__", "__LINE__", "The number of this line."),
    ("__PACKAGE__", "__PACKAGE__", "The name of this package."),
    ("__SUB__", "__SUB__", "A reference to the running sub."),
];

#[cfg(test)]
mod tests {
    #[test]
    fn every_builtin_has_a_line() {
        for name in keshi::builtin_names() {
            assert!(super::builtin(name).is_some(), "{name}");
        }
    }

    #[test]
    fn names_stand_once() {
        let mut seen = std::collections::HashSet::new();
        for name in super::names() {
            assert!(seen.insert(name), "{name}");
        }
    }
}
