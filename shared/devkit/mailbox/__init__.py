"""The dev mailbox: catches every mail the platform sends on one machine and shows it at /mailbox/."""
