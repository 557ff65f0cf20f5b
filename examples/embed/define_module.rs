//! A module written in Rust: functions, a class with Rust data inside, errors that `eval` catches.
//! `cargo run --example embed define_module`

use keshi::{Error, Native, Package, Perl};
use std::cell::RefCell;

/// What an object of class `Stack` holds.
type Items = RefCell<Vec<String>>;

fn stack() -> Package {
    Package::new("Stack")
        .function("new", |call, class: String| {
            call.new_object(&class, Items::default())
        })
        .function("push", |_, (this, item): (Native<Items>, String)| {
            this.borrow_mut().push(item);
            Ok(this)
        })
        .function("pop", |_, this: Native<Items>| {
            let item = this.borrow_mut().pop();
            item.ok_or_else(|| Error::custom("the stack is empty"))
        })
}

/// Runs the example.
pub fn main() -> keshi::Result<()> {
    let mut perl = Perl::builder().package(stack()).build();
    let popped: Vec<String> = perl.eval(
        r#"
        use Stack;
        my $stack = Stack->new;
        $stack->push('one')->push('two');
        my @popped = ($stack->pop, $stack->pop);
        eval { $stack->pop };
        (@popped, $@);
        "#,
    )?;
    for item in popped {
        println!("{}", item.trim_end());
    }
    Ok(())
}
