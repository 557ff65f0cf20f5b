//! Safe points: where signals, DESTROY and interruptions are attended to.
