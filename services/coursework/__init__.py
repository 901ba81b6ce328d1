"""Coursework: materials, quizzes, assignments, grading and the results of a level."""
