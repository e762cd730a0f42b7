// Depth is all that is wanted.
void main() {}
