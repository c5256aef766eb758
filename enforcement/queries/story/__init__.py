"""The whole story of a task, from the first reading to the outcome."""

from .gathered import task_story as task_story
from .readings import readings_of_task as readings_of_task
