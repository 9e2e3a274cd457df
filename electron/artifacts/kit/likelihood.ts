/** How sure a look at the name or at the first bytes makes us; `maybe` asks the other of the two. */
export type Likelihood = 'yes' | 'maybe' | 'no';
