"""Callbacks are run to their end though the browser tells more in the meantime."""

from streamlit.testing.v1 import AppTest

from dashboard.whole_callbacks import run_callbacks_to_their_end


def page() -> None:
    """Note two things in a callback, between which the browser tells of a further choice."""
    import streamlit as st
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    def chosen() -> None:
        context = get_script_run_ctx()
        assert context is not None
        assert context.script_requests is not None
        context.script_requests.request_rerun(RerunData(query_string="later=yes"))
        st.session_state["first"] = "noted"
        st.query_params["asked"] = "yes"
        st.session_state["second"] = "noted"

    st.button("Choose", on_click=chosen)
    noted = [key for key in ("first", "second") if key in st.session_state]
    st.text(f"{', '.join(noted)}; {', '.join(st.query_params)}")


def test_a_further_choice_waits_for_the_callbacks_of_the_one_before() -> None:
    """What a callback notes after a further message came is noted, and the message is taken up."""
    run_callbacks_to_their_end()
    app = AppTest.from_function(page).run()
    assert app.text[0].value == ";"
    app.button[0].click().run()
    assert not app.exception
    assert app.text[0].value == "first, second; later"
