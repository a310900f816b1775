"""The workspace: pages on which the office reads what was found, corrects the machine, and traces every number."""
