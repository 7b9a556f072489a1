"""Vectors -> the nearest rows among the allowed ones, by cosine. Exact, through FAISS."""

import faiss
import numpy as np


class Index:
    """Cosine nearest neighbours over a fixed set of vectors. Read-only after construction, so threads may share it."""

    def __init__(self, vectors):
        """vectors: float16 or float32 (n, d), rows of length 1 (the embedder's contract)."""
        self._flat = faiss.IndexFlatIP(vectors.shape[1])
        for start in range(0, len(vectors), 65_536):    # float16 on disk widens in pieces, not all at once
            self._flat.add(np.ascontiguousarray(vectors[start:start + 65_536], np.float32))

    def __len__(self):
        return self._flat.ntotal

    def search(self, query, k, allowed=None):
        """Find the rows most similar to a query.

        query: (d,) any length and float dtype; only its direction counts.
        k: how many rows to return at most.
        allowed: bool (n,), the rows that may be returned; None allows all.
        Returns rows int64 (m,) and scores float32 (m,), cosine, best first, with m = min(k, number of allowed rows), exactly.
        Raises ValueError on a query or mask of another shape, or a query that is not finite.
        """
        query = self._unit(query)
        allowed = None if allowed is None else self._mask(allowed)
        k = min(int(k), len(self) if allowed is None else int(allowed.sum()))
        if k <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        parameters = None
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))
        scores, rows = self._flat.search(query[None], k, params=parameters)
        return rows[0], scores[0]

    def _unit(self, query):
        query = np.asarray(query, np.float32)
        if query.shape != (self._flat.d,):
            raise ValueError(f"A query must have shape ({self._flat.d},), not {query.shape}.")
        if not np.isfinite(query).all():
            raise ValueError("A query must be finite; this one holds NaN or infinity.")
        length = np.linalg.norm(query)
        return query / length if length else query

    def _mask(self, allowed):
        allowed = np.asarray(allowed)
        if allowed.dtype != bool or allowed.shape != (len(self),):
            raise ValueError(f"`allowed` must be bool of shape ({len(self)},), not {allowed.dtype} {allowed.shape}.")
        return allowed
