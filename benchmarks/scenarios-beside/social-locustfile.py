"""The load of the scenario social in Locust, with the same think time, deadline and values; all operations as often.

LOAD in the environment is the `load:` of scenario.yaml as JSON.
"""

import json
import os
import random

from locust import FastHttpUser, between, task

LOAD = json.loads(os.environ["LOAD"])
# What bench takes from the examples of the document.
POST = {"userId": 1, "title": "A title", "body": "What there is to say."}


def some_id():
    return random.randint(1, 2000)


class Load(FastHttpUser):
    wait_time = between(*LOAD["thinkSeconds"])
    network_timeout = connection_timeout = LOAD["timeoutSeconds"]

    @task
    def list_posts(self):
        self.client.get("/posts")

    @task
    def read_post(self):
        self.client.get(f"/posts/{some_id()}", name="/posts/*")

    @task
    def list_comments_of_post(self):
        self.client.get(f"/posts/{some_id()}/comments", name="/posts/*/comments")

    @task
    def list_comments(self):
        self.client.get("/comments")

    @task
    def list_users(self):
        self.client.get("/users")

    @task
    def read_user(self):
        self.client.get(f"/users/{some_id()}", name="/users/*")

    @task
    def list_posts_of_user(self):
        self.client.get(f"/users/{some_id()}/posts", name="/users/*/posts")

    @task
    def list_albums(self):
        self.client.get("/albums")

    @task
    def create_post(self):
        self.client.post("/posts", json=POST)

    @task
    def replace_post(self):
        self.client.put(f"/posts/{some_id()}", json=POST, name="/posts/*")
