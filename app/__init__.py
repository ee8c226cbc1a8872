"""The Streamlit review workbench: thin pages over the same functions as the commands. Start: streamlit run app/main.py"""
