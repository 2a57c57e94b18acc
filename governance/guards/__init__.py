"""What must hold before something of governance is done."""
