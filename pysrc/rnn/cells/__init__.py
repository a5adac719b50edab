"""The recurrent cells: Elman's network, the LSTM, the GRU. All are used through `rnn.cells.cell`."""
