"""msals-tui: a terminal intake that sets findings of MS and ALS side by side. No diagnostic device.

The rooms, from the ground up; arrows run downward only (held by import contracts):

    errors, text, signals, crash_watch    0  faults with a hint; the one sanitiser; asked to end; faults of our own, told
    sequences                             0  what terminals send that nobody typed
    disk                                  1  bytes: read within bounds, written whole, in folders and under locks of their own
    questionnaire                         2  what may be asked, and what an answer is
    interview, safety, evidence           3  how it is asked; who must be called; what it means
    simulation                            4  people drawn from latent classes, to try the comparison out on
    report, exchange, content             5  what is handed over; other formats read; content files found, checked, kept ready
    session                               6  one sitting without a screen or a disk
    records, evaluation                   7  what is kept of every intake; labelled cases against what they compare to
    flow                                  8  one run of the program: what comes after what, and who may do it
    plain, ui                             9  two front ends that show the flow
    cli                                  10  reads the command line, starts a front end
"""

__version__ = "0.1.0"
"""The one place where the version is written; pyproject.toml reads it from here."""
