// Opens the print window on a page that was asked for on paper; without JavaScript the page prints as it is.
window.print();
