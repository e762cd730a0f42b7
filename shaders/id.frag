// Feature ids alone, for picking and the id buffer.
flat in uint featureId;
flat in uint idBase;
layout(location = 0) out uint id;

void main() { id = idBase + featureId; }
