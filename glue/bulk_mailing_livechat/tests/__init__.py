from . import test_chatbot
