//! The pest grammars of Keshi's parser.
