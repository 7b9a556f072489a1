"""FashFlix, as Streamlit serves it: `streamlit run app.py`. Model, catalogue, index and people are opened once, before the first page."""

from contextlib import asynccontextmanager

import streamlit as st

from fashflix.errors import FashFlixError
from fashflix.ui.session import close_engine, engine
from fashflix.ui.web import MIDDLEWARE, ROUTES


@asynccontextmanager
async def lifespan(app):
    """Open everything, serve, close. What cannot be opened is said on the page and tried again there."""
    try:
        engine()
    except FashFlixError as error:
        print(f"FashFlix: {error}")
    yield
    close_engine()


app = st.App("fashflix/ui/main.py", lifespan=lifespan, routes=ROUTES, middleware=MIDDLEWARE)
