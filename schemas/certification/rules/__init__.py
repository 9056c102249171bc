"""What follows from the procedure, its rounds and its cases. Pure: values and a day in, findings out."""
