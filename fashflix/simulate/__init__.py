"""People who do not exist try every learner: which one finds what they like, how soon, and at how many dislikes?

    world       products with what is true of them: words, occasions, how another model sees them
    persona     a person with one or three tastes, which may change
    session     fifty swipes of one person on the real deck, with the real for-you list looked at on the way
    figures     means with confidence intervals, learners compared on the same people
    confidence  how likely a pick is liked, fitted on half of the people and checked on the others

`python -m fashflix.simulate` does it all on a catalogue. Only numpy; nothing here is imported by the app.
"""
