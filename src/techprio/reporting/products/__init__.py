"""The documents that the plan asks for, each short, for its own reader, in the form of official papers."""
