"""msals-tui: a terminal intake that sets findings of MS and ALS side by side. No diagnostic device.

The rooms, from the ground up; arrows run downward only (held by import contracts):

    errors, text, faults                  0  faults with a hint; the one sanitiser; how a fault of our own is told and logged
    questionnaire                         1  what may be asked, and what an answer is
    interview, safety, evidence           2  how it is asked; who must be called; what it means
    simulation                            3  people drawn from latent classes, to try the comparison out on
    report, exchange, storage             3  what is handed over; other formats read; the only room that touches the disk
    session, checking                     4  one sitting without a screen, and its record; every fault of all content
    evaluation                            5  labelled cases against what they compare to
    plain, ui                             6  two front ends over one session
    cli                                   7  reads the command line, starts a front end
"""

__version__ = "0.1.0"
"""The one place where the version is written; pyproject.toml reads it from here."""
