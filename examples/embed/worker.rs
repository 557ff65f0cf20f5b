//! An interpreter on a thread of its own, asked through a channel: how a host with many threads or an
//! async runtime has one. Who loses patience interrupts it; the next question finds it as usual.
//! `cargo run --example embed worker`

use keshi::{Error, Interrupter, Perl};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// A text to evaluate, and where the answer goes.
type Question = (String, Sender<keshi::Result<String>>);

struct Worker {
    ask: Sender<Question>,
    interrupter: Interrupter,
}

impl Worker {
    fn start() -> keshi::Result<Worker> {
        let (ask, questions): (_, Receiver<Question>) = channel();
        let (ready, is_ready) = channel();
        std::thread::spawn(move || {
            let mut perl = Perl::sandbox().build();
            let _ = ready.send(perl.interrupter());
            for (text, answer) in questions {
                let _ = answer.send(perl.eval(&text));
            }
        });
        let interrupter = is_ready.recv()?;
        Ok(Worker { ask, interrupter })
    }

    fn eval(&self, text: &str, patience: Duration) -> keshi::Result<String> {
        let (answer, answered) = channel();
        self.ask
            .send((text.into(), answer))
            .map_err(|_| Error::custom("the worker is gone"))?;
        answered.recv_timeout(patience).unwrap_or_else(|_| {
            self.interrupter.interrupt();
            answered.recv()?
        })
    }
}

/// Runs the example.
pub fn main() -> keshi::Result<()> {
    let worker = Worker::start()?;
    let patience = Duration::from_millis(200);
    println!("{}", worker.eval("our $n = 6; $n * 7", patience)?);
    println!("{}", worker.eval("1 while 1", patience).unwrap_err());
    println!("{}", worker.eval("\"still $n\"", patience)?);
    Ok(())
}
