from rest_framework import serializers

from tickets.models import Comment, Ticket


class CommentSerializer(serializers.ModelSerializer):
    author_name = serializers.CharField(source="author.username", read_only=True)

    class Meta:
        model = Comment
        fields = ["id", "body", "author_name"]


class TicketSerializer(serializers.ModelSerializer):
    team = serializers.StringRelatedField()
    labels = serializers.SlugRelatedField(slug_field="name", many=True, read_only=True)
    comment_count = serializers.SerializerMethodField()

    class Meta:
        model = Ticket
        fields = ["id", "reference", "team", "labels", "comment_count"]

    def get_comment_count(self, ticket):
        return ticket.comments.count()  # finding: n-plus-one-query
