"""Stories as tests: cases told in dates beside a policy, what they cover, and the changes that they would notice."""
