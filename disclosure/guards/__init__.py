"""What must hold before an act of disclosure."""
