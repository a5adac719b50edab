"""What is fast is measured, by commands that anyone can run again. `make bench` runs them all."""
