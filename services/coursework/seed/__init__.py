"""The programme's content (folders of modules), and the demo programme's part of coursework (Python)."""
